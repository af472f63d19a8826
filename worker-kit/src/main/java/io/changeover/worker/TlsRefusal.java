package io.changeover.worker;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// What another try at a connection won't change: the other side talks no TLS, or has a certificate
/// that nobody trusts.
public final class TlsRefusal {

  private TlsRefusal() {}

  /// The refusal among the causes of a failure. Who has not answered a handshake yet may do so
  /// later, and is none.
  public static Optional<Throwable> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SSLException.class::isInstance)
        .filter(cause -> !(cause instanceof SslHandshakeTimeoutException))
        .findFirst();
  }
}
