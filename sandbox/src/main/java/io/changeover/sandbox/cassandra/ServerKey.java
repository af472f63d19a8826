package io.changeover.sandbox.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and self-signed certificate of a server on this machine, made by the JDK's keytool.
///
/// @param keystore what the server has
/// @param truststore what its clients have: the certificate alone
/// @param password of both
public record ServerKey(Path keystore, Path truststore, String password) {

  private static final String NAME = "server";
  private static final long PATIENCE_SECONDS = 60;

  /// Makes a new one for `127.0.0.1` and `localhost`.
  ///
  /// @param folder where its files shall be
  public static ServerKey make(Path folder) {
    ServerKey key =
        new ServerKey(
            folder.resolve("server.p12").toAbsolutePath(),
            folder.resolve("clients.p12").toAbsolutePath(),
            "made-up-for-tests");
    Path certificate = folder.resolve("server.pem").toAbsolutePath();
    key.keytool(
        key.keystore,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-validity",
            "30",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost"));
    key.keytool(key.keystore, List.of("-exportcert", "-file", certificate.toString()));
    key.keytool(
        key.truststore, List.of("-importcert", "-noprompt", "-file", certificate.toString()));
    return key;
  }

  private void keytool(Path store, List<String> what) {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "keytool")
            .toString());
    command.addAll(what);
    command.addAll(
        List.of(
            "-alias",
            NAME,
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            password));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("Expected keytool to make " + store + ", but it did not");
      }
    } catch (IOException e) {
      throw new IllegalStateException("Expected the JDK's keytool, but " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What a client needs that trusts this server alone.
  public SSLContext client() {
    try (InputStream in = Files.newInputStream(truststore)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(in, password.toCharArray());
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Expected to read %s, but %s".formatted(truststore, e.getMessage()), e);
    }
  }
}
