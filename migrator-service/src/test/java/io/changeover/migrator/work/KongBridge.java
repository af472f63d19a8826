package io.changeover.migrator.work;

import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.Profile;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The stand-in Kong's short commands, answered by this JVM: what a forked one says takes it most
/// of a second to start for. The `kong` that the inventory names is a script of its own, which
/// hands argv and settings over and gives back words and exit code; everything that can be killed,
/// called off, made to fail or stays (`start`, `up` on PostgreSQL, faults) it leaves to the real
/// script.
final class KongBridge {

  private static final int ENTRIES = 512;

  private static final KongBridge ONLY = new KongBridge();

  private final ServerSocket socket;

  private KongBridge() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("kong-bridge").start(this::accept);
  }

  /// The command of one version.
  ///
  /// @param folder where its script is put
  /// @param real the script that starts a JVM of its own
  static Path command(Path folder, Path real, String version) {
    try {
      Path script = folder.resolve("kong-" + version);
      if (!Files.exists(script)) {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "kong", ".part");
        Files.writeString(part, script(real, version));
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(part, script);
      }
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script(Path real, String version) {
    return """
      #!/usr/bin/env bash
      set -euo pipefail
      real() { exec "%1$s" "$@"; }
      [[ -n ${CHANGEOVER_FAULTS:-} ]] && real "$@"
      case "${1:-} ${2:-}" in
        "migrations list" | "migrations bootstrap" | "version "* | "health "*) ;;
        "migrations "*) [[ ${KONG_DATABASE:-} == cassandra ]] || real "$@" ;;
        *) real "$@" ;;
      esac
      exec 3<>/dev/tcp/127.0.0.1/%2$d
      settings=()
      while IFS= read -r -d '' one; do [[ $one == KONG_* ]] && settings+=("$one"); done < /proc/self/environ
      printf '%%s\\0' "%3$s" "$#" "$@" "${#settings[@]}" "${settings[@]}" >&3
      read -r code out <&3
      head -c "$out" <&3
      cat <&3 >&2
      exit "$code"
      """
        .formatted(real, ONLY.socket.getLocalPort(), version);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("kong-call").start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket client) {
    try (client) {
      DataInputStream in =
          new DataInputStream(new java.io.BufferedInputStream(client.getInputStream()));
      Profile profile = Profile.of(text(in));
      List<String> arguments = list(in);
      Map<String, String> environment = new TreeMap<>();
      list(in).forEach(one -> put(environment, one));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int code = KongMain.run(profile, arguments, environment, stream(out), stream(err));
      OutputStream answer = client.getOutputStream();
      answer.write((code + " " + out.size() + "\n").getBytes(StandardCharsets.UTF_8));
      out.writeTo(answer);
      err.writeTo(answer);
    } catch (IOException e) {
      // The script was ended by its caller.
    }
  }

  private static void put(Map<String, String> environment, String setting) {
    int equals = setting.indexOf('=');
    environment.put(setting.substring(0, equals), setting.substring(equals + 1));
  }

  private static PrintStream stream(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  private static List<String> list(DataInputStream in) throws IOException {
    int count = Integer.parseInt(text(in));
    if (count > ENTRIES) {
      throw new IOException("too many words");
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(text(in));
    }
    return words;
  }

  private static String text(DataInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.readUnsignedByte(); next != 0; next = in.readUnsignedByte()) {
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
