package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The messages of one journal row in one column: per message its topic, headers and body. Empty
/// when there are none.
final class OutboxFrame {
  private static final byte[] NONE = {};

  private OutboxFrame() {}

  static byte[] encode(List<Outgoing> messages) {
    if (messages.isEmpty()) {
      return NONE;
    }
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeShort(messages.size());
      for (Outgoing message : messages) {
        out.writeUTF(message.topic());
        out.writeShort(message.headers().size());
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
          out.writeUTF(header.getKey());
          out.writeUTF(header.getValue());
        }
        out.writeInt(message.body().length);
        out.write(message.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected messages with short headers", e);
    }
    return bytes.toByteArray();
  }

  static List<Outgoing> decode(byte[] frame) {
    if (frame.length == 0) {
      return List.of();
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(frame))) {
      int count = in.readUnsignedShort();
      var messages = new ArrayList<Outgoing>(count);
      for (int i = 0; i < count; i++) {
        var topic = in.readUTF();
        var headers = new LinkedHashMap<String, String>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
          headers.put(in.readUTF(), in.readUTF());
        }
        messages.add(new Outgoing(topic, headers, in.readNBytes(in.readInt())));
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected an outbox column as the planner writes it", e);
    }
  }
}
