package io.changeover.worker.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/// Something that a look must reach.
///
/// @param name what it is: `datastore`, `router`
public record Place(String name, String host, int port) {

  /// What came of one try.
  ///
  /// @param reached whether it takes connections
  /// @param words what was tried and what the answer was
  record Answer(Place place, boolean reached, String words) {}

  /// Connects, and closes the connection at once.
  Answer tried(Duration limit) throws InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return answer(false, "no such host name");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(limit.toMillis()));
      return answer(true, "takes connections");
    } catch (SocketTimeoutException e) {
      return answer(false, "no answer within " + limit.toMillis() + " ms");
    } catch (UnknownHostException e) {
      return answer(false, "no such host name");
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return answer(false, Optional.ofNullable(e.getMessage()).orElse("no connection"));
    }
  }

  private Answer answer(boolean reached, String words) {
    return new Answer(this, reached, "connect to %s:%d: %s".formatted(host, port, words));
  }
}
