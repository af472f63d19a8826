package io.changeover.sandbox.kong.hybrid;

import io.changeover.sandbox.kong.KongSettings;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The one certificate that all nodes of a cluster share (`cluster_mtls = shared`). Its key must be
/// PKCS#8, as `kong hybrid gen_cert` of the stand-in writes it.
final class ClusterCertificate {
  private final File certificate;
  private final File key;
  private final List<Path> trusted = new ArrayList<>();

  ClusterCertificate(KongSettings settings) {
    certificate = new File(settings.get("cluster_cert"));
    key = new File(settings.get("cluster_cert_key"));
    for (String file : settings.get("lua_ssl_trusted_certificate").split(",", -1)) {
      if (!file.isBlank()) {
        trusted.add(Path.of(file.strip()));
      }
    }
  }

  /// For a control plane, which looks at the other side's certificate only when it speaks
  /// ([#matches]).
  SslContext server() throws IOException {
    return SslContextBuilder.forServer(certificate, key)
        .clientAuth(ClientAuth.REQUIRE)
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .build();
  }

  /// For a data plane: it trusts what `lua_ssl_trusted_certificate` holds, and nothing without it.
  SslContext client() throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .keyManager(certificate, key)
            .endpointIdentificationAlgorithm("");
    List<X509Certificate> known = new ArrayList<>();
    for (Path file : trusted) {
      known.addAll(read(file));
    }
    return known.isEmpty()
        ? builder.trustManager(new TrustNobody()).build()
        : builder.trustManager(known.toArray(X509Certificate[]::new)).build();
  }

  boolean matches(X509Certificate other) throws IOException {
    return read(certificate.toPath()).getFirst().equals(other);
  }

  private static List<X509Certificate> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IOException("Expected a certificate in " + file, e);
    }
  }
}
