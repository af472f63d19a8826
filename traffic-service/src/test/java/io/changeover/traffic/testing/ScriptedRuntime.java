package io.changeover.traffic.testing;

import io.changeover.inventory.RuntimeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A Runtime API that answers as it is told, wrongly if need be. Commands without an answer stay
/// unanswered.
public final class ScriptedRuntime implements AutoCloseable {

  private final ServerSocket socket;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ScriptedRuntime(ServerSocket socket) {
    this.socket = socket;
  }

  /// Starts it on a free port.
  public static ScriptedRuntime start() {
    try {
      ScriptedRuntime runtime =
          new ScriptedRuntime(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      runtime.threads.execute(runtime::acceptAll);
      return runtime;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> answer(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      String command =
          new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      String answer = answers.get(command);
      if (answer == null) {
        connection.getInputStream().read();
      } else {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  /// Answers a command with these words from now on.
  public ScriptedRuntime on(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  /// Where it listens.
  public RuntimeAddress address() {
    return new RuntimeAddress.Tcp("127.0.0.1", socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
