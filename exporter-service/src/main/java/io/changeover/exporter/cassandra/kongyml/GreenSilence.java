package io.changeover.exporter.cassandra.kongyml;

import io.changeover.inventory.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether green's nodes are down: they would not notice what an import writes, and would serve
/// what is about to be emptied. Asked by opening connections to their addresses.
public final class GreenSilence {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// What is known of all nodes together.
  ///
  /// @param listening nodes that take connections
  /// @param unknown nodes that neither take nor refuse them
  public record Heard(List<String> listening, List<String> unknown) {
    public Heard {
      listening = List.copyOf(listening);
      unknown = List.copyOf(unknown);
    }

    /// Whether every address has refused a connection, or leads to no machine.
    public boolean isSilent() {
      return listening.isEmpty() && unknown.isEmpty();
    }
  }

  private enum Answer {
    LISTENS,
    SILENT,
    UNKNOWN
  }

  private GreenSilence() {}

  /// Asks the nodes.
  public static Heard of(List<Node> nodes) {
    List<String> listening = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Node node : nodes) {
      List<Answer> answers =
          Stream.of(node.admin(), node.proxy()).map(GreenSilence::ask).distinct().toList();
      if (answers.contains(Answer.LISTENS)) {
        listening.add(node.name());
      } else if (answers.contains(Answer.UNKNOWN)) {
        unknown.add(node.name());
      }
    }
    return new Heard(listening, unknown);
  }

  private static Answer ask(URI address) {
    int port =
        address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    InetSocketAddress at = new InetSocketAddress(address.getHost(), port);
    if (at.isUnresolved()) {
      return Answer.SILENT;
    }
    try (Socket socket = new Socket()) {
      socket.connect(at, Math.toIntExact(PATIENCE.toMillis()));
      return Answer.LISTENS;
    } catch (ConnectException e) {
      return Answer.SILENT;
    } catch (IOException e) {
      return Answer.UNKNOWN;
    }
  }
}
