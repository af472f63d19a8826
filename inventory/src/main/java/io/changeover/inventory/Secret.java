package io.changeover.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text in which `${env:NAME}` and `${file:/path}` stand for secrets. The references are looked
/// up only by [#resolve()], where the text is used; [#toString()] never shows a value.
public final class Secret {

  /// The text without any character.
  public static final Secret EMPTY = new Secret(List.of());

  static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Reference(String kind, String name) implements Part {
    @Override
    public String toString() {
      return "${" + kind + ":" + name + "}";
    }
  }

  private final List<Part> parts;

  private Secret(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// Reads the references of a text. Anything that is no reference stands for itself.
  public static Secret of(String text) {
    ArrayList<Part> parts = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      addLiteral(parts, text.substring(from, matcher.start()));
      parts.add(new Reference(matcher.group(1), matcher.group(2)));
      from = matcher.end();
    }
    addLiteral(parts, text.substring(from));
    return new Secret(parts);
  }

  private static void addLiteral(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Literal(text));
    }
  }

  /// Whether anything in it is looked up elsewhere.
  public boolean isReference() {
    return parts.stream().anyMatch(Reference.class::isInstance);
  }

  /// The text with its secrets, from this process's environment and files.
  ///
  /// @throws UnresolvedSecretException naming the variable or file that is not there
  public String resolve() {
    return resolve(SecretSource.PROCESS);
  }

  /// The text with its secrets.
  ///
  /// @throws UnresolvedSecretException naming the variable or file that is not there
  public String resolve(SecretSource source) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal(String text) -> text;
                  case Reference(String kind, String name) when kind.equals("env") ->
                      source.environment(name);
                  case Reference(String _, String name) -> source.file(name);
                })
        .collect(Collectors.joining());
  }

  /// References as they stand in the file, everything else as `****`.
  @Override
  public String toString() {
    return parts.stream()
        .map(part -> part instanceof Reference reference ? reference.toString() : "****")
        .collect(Collectors.joining());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && parts.equals(secret.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }
}
