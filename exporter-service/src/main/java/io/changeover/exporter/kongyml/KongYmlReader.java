package io.changeover.exporter.kongyml;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/// Reads a file as `kong config db_export` writes it, entity by entity: memory grows with the
/// largest entity, not with the file. That it reads to its end proves little: a part of such a file
/// is one too.
public final class KongYmlReader {

  /// What Kong 2.1 and 2.2 write before the first list. Another `_transform` would hash secrets
  /// again.
  private static final Map<String, String> HEAD =
      Map.of("_format_version", "2.1", "_transform", "false");

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final int DEEPEST = 64;

  /// Takes the entities, in the file's order.
  @FunctionalInterface
  public interface Content {
    /// One entity.
    ///
    /// @param list the name of the list that it stands in
    /// @param fields null, [Plain], [String], lists and maps of them, by name
    void item(String list, Map<String, @Nullable Object> fields) throws IOException;
  }

  private final Iterator<Event> events;
  private final Content content;
  private final Map<String, String> head = new HashMap<>();
  private Event event;

  private KongYmlReader(Reader reader, Content content) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.events = new Yaml(options).parse(reader).iterator();
    this.content = content;
    this.event = events.next();
  }

  /// Reads a file.
  ///
  /// @throws BrokenKongYmlException for one that is no YAML, or another one than Kong exports; the
  ///   reason has a line and no value
  public static void read(Path file, Content content) throws IOException {
    ensureLastLineEnds(file);
    try (Reader reader =
        new InputStreamReader(
            Files.newInputStream(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT))) {
      read(reader, content);
    }
  }

  /// Kong ends every line: a value that was cut off would be read as a shorter one.
  private static void ensureLastLineEnds(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1)).read(last);
      if (last.get(0) != '\n') {
        throw broken("its last line does not end");
      }
    }
  }

  /// Reads a text as [#read(Path, Content)] does.
  static void read(Reader reader, Content content) throws IOException {
    try {
      new KongYmlReader(reader, content).document();
    } catch (MarkedYAMLException e) {
      throw broken("it is no YAML " + at(e.getProblemMark().getLine()));
    } catch (YAMLException e) {
      throw broken(
          e.getCause() instanceof CharacterCodingException
              ? "it is not written in UTF-8"
              : "it has characters that no YAML has");
    }
  }

  private void document() throws IOException {
    next();
    if (event.is(Event.ID.DocumentStart)) {
      next();
    }
    if (!(event instanceof MappingStartEvent)) {
      throw unexpected("the lists of entities");
    }
    next();
    while (!(event instanceof MappingEndEvent)) {
      section(key());
    }
    if (!head.equals(HEAD)) {
      throw broken("its head is not the one that Kong 2.1 writes");
    }
    next();
    next();
    if (!event.is(Event.ID.StreamEnd)) {
      throw unexpected("its end");
    }
  }

  private void section(String name) throws IOException {
    switch (event) {
      case ScalarEvent scalar when HEAD.containsKey(name) -> {
        head.put(name, scalar.getValue());
        next();
      }
      case SequenceStartEvent _ -> {
        next();
        while (!(event instanceof SequenceEndEvent)) {
          if (!(event instanceof MappingStartEvent)) {
            throw unexpected("an entity of " + name);
          }
          content.item(name, map(1));
        }
        next();
      }
      default -> throw unexpected("a list of entities");
    }
  }

  private String key() {
    if (event instanceof ScalarEvent scalar) {
      next();
      return scalar.getValue();
    }
    throw unexpected("a name");
  }

  private Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    next();
    while (!(event instanceof MappingEndEvent)) {
      map.put(key(), value(depth + 1));
    }
    next();
    return map;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw unexpected("at most %d levels".formatted(DEEPEST));
    }
    return switch (event) {
      case ScalarEvent scalar -> {
        next();
        yield scalar(scalar);
      }
      case MappingStartEvent _ -> map(depth);
      case SequenceStartEvent _ -> list(depth);
      default -> throw unexpected("a value");
    };
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    next();
    while (!(event instanceof SequenceEndEvent)) {
      list.add(value(depth + 1));
    }
    next();
    return list;
  }

  private static @Nullable Object scalar(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN || text.indexOf('\n') >= 0) {
      return text;
    }
    return NULLS.contains(text) ? null : new Plain(text);
  }

  private void next() {
    event = Objects.requireNonNull(events.next());
  }

  private BrokenKongYmlException unexpected(String wanted) {
    return broken("it does not have %s %s".formatted(wanted, at(event.getStartMark().getLine())));
  }

  private static String at(int line) {
    return "in line " + (line + 1);
  }

  private static BrokenKongYmlException broken(String what) {
    return new BrokenKongYmlException(
        "The file that `kong config db_export` has written can't be used: " + what,
        "a file as Kong 2.1 and 2.2 export it, to its end",
        "look whether there is room in `copy: folder`, then retry the phase; `copy: {export: changeover}` does without it");
  }
}
