package io.changeover.exporter.cassandra.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file to which each finished slice is appended as a line of JSON, after its writes were
/// answered. A line that a crash has torn ends what counts. It is not forced to the disk: a line
/// lost costs a slice that is copied again.
///
/// It belongs to one source and one target as they were made: a keyspace that was dropped and
/// bootstrapped again has another fingerprint, and the file begins anew.
public final class Checkpoint implements AutoCloseable {

  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_NULL).build();

  /// One line.
  private record Line(
      @Nullable Header header,
      @Nullable Boolean begun,
      @Nullable SliceDone done,
      @Nullable Long complete,
      @Nullable Long equal,
      @Nullable Long followed) {

    static Line of(Header header) {
      return new Line(header, null, null, null, null, null);
    }

    static Line begin() {
      return new Line(null, true, null, null, null, null);
    }

    static Line of(SliceDone done) {
      return new Line(null, null, done, null, null, null);
    }

    static Line complete(long millis) {
      return new Line(null, null, null, millis, null, null);
    }

    static Line equal(long micros) {
      return new Line(null, null, null, null, micros, null);
    }

    static Line followed(long micros) {
      return new Line(null, null, null, null, null, micros);
    }
  }

  private record Header(int format, String fingerprint, long startedMicros) {}

  private record Key(String table, int slice) {}

  private final FileChannel channel;
  private final FileLock lock;
  private final Map<Key, SliceDone> done = new HashMap<>();
  private boolean begun;
  private final long startedMicros;
  private OptionalLong complete = OptionalLong.empty();
  private OptionalLong equal = OptionalLong.empty();
  private OptionalLong followed = OptionalLong.empty();

  private Checkpoint(FileChannel channel, FileLock lock, String fingerprint, long now)
      throws IOException {
    this.channel = channel;
    this.lock = lock;
    List<Line> lines = read();
    Header header = lines.isEmpty() ? null : lines.getFirst().header();
    if (header != null && header.format() == FORMAT && header.fingerprint().equals(fingerprint)) {
      this.startedMicros = header.startedMicros();
      lines.forEach(this::remember);
    } else {
      this.startedMicros = now;
      channel.truncate(0);
      append(Line.of(new Header(FORMAT, fingerprint, now)));
    }
  }

  /// Opens the file of a cluster's copy, or makes it (0600, in a folder of 0700).
  ///
  /// @param fingerprint of source, target and plan
  /// @param now microseconds since 1970, remembered as the beginning of a new copy
  /// @throws CheckpointInUseException when another process has it
  public static Checkpoint open(Path folder, String cluster, String fingerprint, long now)
      throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = folder.resolve(cluster + ".checkpoint.jsonl");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return new Checkpoint(channel, locked(channel, file), fingerprint, now);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock locked(FileChannel channel, Path file) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw new CheckpointInUseException(file);
    }
    throw new CheckpointInUseException(file);
  }

  private List<Line> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until it is full.
    }
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    List<Line> lines = new java.util.ArrayList<>();
    int from = 0;
    long good = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      Optional<Line> line = line(text.substring(from, end));
      if (line.isEmpty()) {
        break;
      }
      lines.add(line.get());
      good += text.substring(from, end + 1).getBytes(StandardCharsets.UTF_8).length;
      from = end + 1;
    }
    channel.truncate(good);
    channel.position(good);
    return lines;
  }

  private static Optional<Line> line(String text) {
    try {
      return Optional.of(MAPPER.readValue(text, Line.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void remember(Line line) {
    begun |= line.begun() != null && line.begun();
    if (line.done() != null) {
      done.put(new Key(line.done().table(), line.done().slice()), line.done());
    }
    if (line.complete() != null) {
      complete = OptionalLong.of(line.complete());
    }
    if (line.equal() != null) {
      equal = OptionalLong.of(line.equal());
    }
    if (line.followed() != null) {
      followed = OptionalLong.of(line.followed());
    }
  }

  private synchronized void append(Line line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    remember(line);
  }

  /// Whether an earlier run has begun to write, after it had found nothing in the target that it
  /// might overwrite.
  public synchronized boolean begun() {
    return begun;
  }

  /// Remembers that.
  public void begin() throws IOException {
    append(Line.begin());
  }

  /// When the copy began, in microseconds since 1970.
  public long startedMicros() {
    return startedMicros;
  }

  /// What was finished of a slice, if it was.
  public synchronized Optional<SliceDone> done(String table, int slice) {
    return Optional.ofNullable(done.get(new Key(table, slice)));
  }

  /// Remembers a slice all of whose writes were answered.
  public void finished(SliceDone slice) throws IOException {
    append(Line.of(slice));
  }

  /// How long the whole copy took, once it is complete, in milliseconds.
  public synchronized OptionalLong completeMillis() {
    return complete;
  }

  /// Remembers that every slice is copied.
  public void complete(long millis) throws IOException {
    append(Line.complete(millis));
    channel.force(true);
  }

  /// Up to when the target is known to have held nothing but copies, in microseconds since 1970.
  public synchronized OptionalLong equalMicros() {
    return equal;
  }

  /// Remembers that the target was equal to the source, and nobody else had written to it.
  public void equal(long micros) throws IOException {
    append(Line.equal(micros));
    channel.force(true);
  }

  /// Up to when whatever the source took is known to have followed to the target, in microseconds
  /// since 1970.
  public synchronized OptionalLong followedMicros() {
    return followed;
  }

  /// Remembers that a pass which began then found nothing new.
  public void followed(long micros) throws IOException {
    append(Line.followed(micros));
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
