package io.changeover.sandbox.kong;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The command line: `kong COMMAND [SUBCOMMAND] [OPTIONS]`, with the exit codes and words of the
/// real one.
///
/// Which Kong it plays is said by the system property `changeover.kong.version`: one of
/// [Profile#versions].
public final class KongMain {
  private static final Set<String> PLAIN =
      Set.of("start", "stop", "quit", "reload", "restart", "health", "prepare", "check", "version");
  private static final Set<String> GROUPS = Set.of("migrations", "config", "hybrid");
  private static final Arguments.Grammar VERSION =
      new Arguments.Grammar(
          Map.of("a", "all"), Set.of("all", "v", "vv", "help"), Set.of(), Set.of());

  private KongMain() {}

  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Profile profile = Profile.of(System.getProperty("changeover.kong.version", ""));
    int code = run(profile, List.of(args), System.getenv(), out, err);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 512),
        true,
        StandardCharsets.UTF_8);
  }

  /// Runs one command in this process.
  ///
  /// @param environment what `KONG_*` and `CHANGEOVER_FAULTS` are read from
  /// @return the exit code
  public static int run(
      Profile profile,
      List<String> args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    Console console = new Console(out, err);
    String command = args.isEmpty() ? "" : args.getFirst();
    if (!GROUPS.contains(command) && !PLAIN.contains(command)) {
      return noSuchCommand(console, command);
    }
    List<String> words = args.subList(1, args.size());
    try {
      return switch (command) {
        case "migrations" -> migrations(profile, words, environment, console);
        case "config" -> config(profile, words, environment, console);
        case "hybrid" -> hybrid(profile, words, environment, console);
        default -> plain(profile, command, words, environment, console);
      };
    } catch (Arguments.Misused e) {
      console.usage("kong: " + e.getMessage() + "\n\n" + usage(command));
      return 1;
    } catch (KongException e) {
      console.failed(Lua.ROOT + "cmd/" + command + ".lua:0", e.words());
      return 1;
    }
  }

  private static int noSuchCommand(Console console, String command) {
    boolean asked = command.isEmpty() || command.startsWith("-");
    console.usage((asked ? "" : "No such command: " + command + "\n\n") + usage("kong"));
    return 1;
  }

  private static int migrations(
      Profile profile, List<String> words, Map<String, String> environment, Console console) {
    Call call = call(profile, words, MigrationsCommand.GRAMMAR, environment, console);
    return subcommand(call, "migrations", MigrationsCommand.SUBCOMMANDS)
        ? new MigrationsCommand(call).run(String.valueOf(call.arguments().word(0)))
        : 1;
  }

  private static int config(
      Profile profile, List<String> words, Map<String, String> environment, Console console) {
    Call call = call(profile, words, ConfigCommand.GRAMMAR, environment, console);
    return subcommand(call, "config", ConfigCommand.SUBCOMMANDS)
        ? new ConfigCommand(call).run(String.valueOf(call.arguments().word(0)))
        : 1;
  }

  private static int hybrid(
      Profile profile, List<String> words, Map<String, String> environment, Console console) {
    Call call = call(profile, words, HybridCommand.GRAMMAR, environment, console);
    return subcommand(call, "hybrid", HybridCommand.SUBCOMMANDS)
        ? new HybridCommand(call).generate()
        : 1;
  }

  private static int plain(
      Profile profile,
      String command,
      List<String> words,
      Map<String, String> environment,
      Console console) {
    Arguments.Grammar grammar = command.equals("version") ? VERSION : StartCommand.GRAMMAR;
    Call call = call(profile, words, grammar, environment, console);
    if (call.arguments().has("help")) {
      console.usage(usage(command));
      return 1;
    }
    return switch (command) {
      case "start" -> new StartCommand(call).start();
      case "prepare" -> new StartCommand(call).prepare();
      case "stop" -> new ProcessCommands(call).stop();
      case "quit" -> new ProcessCommands(call).quit();
      case "reload" -> new ProcessCommands(call).reload();
      case "restart" -> new ProcessCommands(call).restart();
      case "health" -> new ProcessCommands(call).health();
      case "check" -> check(call);
      case "version" -> version(call);
      default -> throw new IllegalArgumentException("Expected a command, but got " + command);
    };
  }

  private static Call call(
      Profile profile,
      List<String> words,
      Arguments.Grammar grammar,
      Map<String, String> environment,
      Console console) {
    Arguments arguments = Arguments.parse(words, grammar);
    console.level(
        arguments.has("vv")
            ? Console.Level.DEBUG
            : arguments.has("v") ? Console.Level.VERBOSE : Console.Level.INFO);
    return new Call(profile, environment, arguments, console);
  }

  private static boolean subcommand(Call call, String command, Set<String> known) {
    String word = call.arguments().word(0);
    if (word == null || call.arguments().has("help")) {
      call.console().usage(usage(command));
      return false;
    }
    if (!known.contains(word)) {
      call.console()
          .usage("No such command for " + command + ": " + word + "\n\n" + usage(command));
      return false;
    }
    return true;
  }

  private static int check(Call call) {
    String file = call.arguments().word(0);
    try {
      KongSettings.resolve(
          call.profile(), file == null ? null : Path.of(file), call.environment(), Map.of());
    } catch (KongException e) {
      call.console().error(e.words());
      return 1;
    }
    call.console()
        .info(
            "configuration at "
                + (file == null
                    ? "/etc/kong/kong.conf"
                    : Path.of(file).toAbsolutePath().normalize())
                + " is valid");
    return 0;
  }

  private static int version(Call call) {
    String version = call.profile().banner();
    if (call.arguments().has("all")) {
      call.console().raw("Kong: " + version);
      call.console().raw("ngx_lua: stand-in");
      call.console().raw("nginx: stand-in");
      call.console().raw("Lua: Java " + Runtime.version().feature() + " (stand-in)");
    } else {
      call.console().raw(version);
    }
    return 0;
  }

  private static String usage(String command) {
    String path =
        "usage/"
            + (command.equals("kong") || GROUPS.contains(command) ? command : "plain")
            + ".txt";
    try (InputStream in = KongMain.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "Expected the resource " + path + " on the class path, but it is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("COMMAND_NAME", command);
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read the resource " + path, e);
    }
  }
}
