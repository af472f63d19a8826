package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.changeover.exporter.cassandra.checkpoint.CheckpointInUseException;
import io.changeover.exporter.cassandra.copy.WriteFailedException;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.ReadFailedException;
import io.changeover.messages.FailureKind;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CassandraFailuresTest {

  private static List<Arguments> failures() {
    return List.of(
        Arguments.of(
            new ReadFailedException(new DriverTimeoutException("slow")),
            FailureKind.RETRYABLE,
            "enough replicas"),
        Arguments.of(new NoNodeAvailableException(), FailureKind.RETRYABLE, "enough replicas"),
        Arguments.of(
            nobody(new SSLHandshakeException("PKIX path building failed")),
            FailureKind.FATAL,
            "which the JVM's trust store knows"),
        Arguments.of(
            nobody(new SslHandshakeTimeoutException("handshake timed out")),
            FailureKind.RETRYABLE,
            "enough replicas"),
        Arguments.of(
            new ReadFailedException(unauthorized()), FailureKind.FATAL, "may read the source"),
        Arguments.of(
            new WriteFailedException("certificates id=1", 20_000_000, invalid()),
            FailureKind.FATAL,
            "half a commit log segment"),
        Arguments.of(
            new WriteFailedException("certificates id=1", 200, invalid()),
            FailureKind.FATAL,
            "stay as they are"),
        Arguments.of(
            new WriteFailedException("certificates id=1", 200, new DriverTimeoutException("x")),
            FailureKind.RETRYABLE,
            "enough replicas"),
        Arguments.of(
            new CheckpointInUseException(Path.of("/x")), FailureKind.RETRYABLE, "one exporter"),
        Arguments.of(new IOException("No space left on device"), FailureKind.FATAL, "room in"),
        Arguments.of(new IOException("denied"), FailureKind.FATAL, "may write to"));
  }

  /// As the driver tells of its only contact point.
  private static AllNodesFailedException nobody(Exception cause) {
    return AllNodesFailedException.fromErrors(
        List.of(
            Map.entry(
                node(),
                new IllegalStateException("Protocol initialization request failed", cause))));
  }

  private static InvalidQueryException invalid() {
    return new InvalidQueryException(node(), "Mutation of 20000000 bytes is too large");
  }

  private static UnauthorizedException unauthorized() {
    return new UnauthorizedException(node(), "User kong has no SELECT permission");
  }

  /// The driver's exceptions only print their node, and tell it from others.
  private static Node node() {
    return (Node)
        Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (_, method, _) -> method.getName().equals("hashCode") ? 1 : "node");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void each_failure_has_a_kind_and_what_was_expected(
      Exception cause, FailureKind kind, String expected) {
    assertThat(CassandraFailures.of(cause, "Copy of c"))
        .hasValueSatisfying(
            outcome -> {
              assertThat(outcome.kind()).isEqualTo(kind);
              assertThat(outcome.expected()).contains(expected);
              assertThat(outcome.reason()).startsWith("Copy of c");
            });
  }

  @Test
  void a_fault_of_the_program_is_none_of_them() {
    assertThat(CassandraFailures.of(new IllegalStateException("bug"), "x")).isEmpty();
  }

  @Test
  void problems_that_may_pass_are_tried_again_unless_another_stays() {
    Problem passing = new Problem("a", "b", "c", true);
    Problem staying = new Problem("d", "e", "f");

    assertThat(CassandraFailures.of(List.of(passing), "x").kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(CassandraFailures.of(List.of(passing, staying), "x").kind())
        .isEqualTo(FailureKind.FATAL);
    assertThat(CassandraFailures.of(List.of(passing, staying), "x").reason()).isEqualTo("x: a; d");
  }

  @Test
  void no_node_at_all_is_no_wrong_password() {
    AllNodesFailedException nobody = new NoNodeAvailableException();
    assertThat(CassandraFailures.of(nobody, "x"))
        .hasValueSatisfying(outcome -> assertThat(outcome.kind()).isEqualTo(FailureKind.RETRYABLE));
  }
}
