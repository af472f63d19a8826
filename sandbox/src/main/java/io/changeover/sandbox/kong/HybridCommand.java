package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `kong hybrid gen_cert`: the certificate that all nodes of a cluster share, made by the JDK's
/// `keytool`.
final class HybridCommand {
  static final Arguments.Grammar GRAMMAR =
      new Arguments.Grammar(Map.of(), Set.of("v", "vv", "help"), Set.of(), Set.of());
  static final Set<String> SUBCOMMANDS = Set.of("gen_cert");

  private static final String ALIAS = "cluster";
  // Protects a file that is gone when the command ends.
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final long KEYTOOL_LIMIT_SECONDS = 60;

  private final Call call;

  HybridCommand(Call call) {
    this.call = call;
  }

  int generate() {
    Path certificate = fileOr(call.file(1), "cluster.crt");
    Path key = fileOr(call.file(2), "cluster.key");
    for (Path file : List.of(certificate, key)) {
      if (Files.exists(file)) {
        throw new KongException(file + " already exists.\nWill not overwrite it.");
      }
    }
    try {
      KeyStore made = made();
      write(certificate, "CERTIFICATE", made.getCertificate(ALIAS).getEncoded(), "rw-r--r--");
      write(key, "PRIVATE KEY", made.getKey(ALIAS, PASSWORD).getEncoded(), "rw-------");
    } catch (IOException | GeneralSecurityException e) {
      throw new KongException("could not make the certificate: " + e.getMessage(), e);
    }
    call.console()
        .info(
            "Successfully generated certificate/key pairs, they have been written to: '"
                + certificate
                + "' and '"
                + key
                + "'.");
    return 0;
  }

  private static Path fileOr(@Nullable Path file, String usual) {
    return file == null ? Path.of(usual).toAbsolutePath().normalize() : file;
  }

  private static KeyStore made() throws IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("kong-gen-cert");
    Path store = folder.resolve("store.p12");
    try {
      keytool(store);
      return KeyStore.getInstance(store.toFile(), PASSWORD);
    } finally {
      Files.deleteIfExists(store);
      Files.deleteIfExists(folder);
    }
  }

  private static void keytool(Path store) throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp384r1",
                "-dname",
                "CN=kong_clustering",
                "-validity",
                "1095",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                String.valueOf(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!keytool.waitFor(KEYTOOL_LIMIT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void write(Path file, String kind, byte[] content, String permissions)
      throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, lines.encodeToString(content), kind));
  }
}
