package io.changeover.migrator.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// What a data plane has kept of the configuration that it was sent last, in its
/// `config.cache.json.gz`: gzip over JSON, as observed on Kong 2.1.4 (0666) and 2.2.2 (0600).
/// Nothing of its content is told.
public sealed interface CacheFile {

  /// A whole one.
  ///
  /// @param newer whether 2.2 or later wrote it, whose routes have columns that 2.1 rejects
  record Written(long bytes, boolean newer) implements CacheFile {}

  /// It is there, and somebody else's to read.
  record Closed(long bytes) implements CacheFile {}

  /// None, or nothing that a data plane could go on from.
  record Useless(String reason) implements CacheFile {}

  /// Whether this version rejects what a later one has written.
  static boolean rejectedBy(Release release) {
    return release.compareTo(new Release(2, 2, 0)) < 0;
  }

  /// As it is seen from here.
  static CacheFile read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        return new Useless("no file of that name, or an empty one, is seen from here");
      }
      return content(file, Files.size(file));
    } catch (IOException e) {
      return new Useless("it could not be looked at: " + e.getClass().getSimpleName());
    }
  }

  private static CacheFile content(Path file, long bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
        JsonParser json = new JsonFactory().createParser(in)) {
      return new Written(bytes, newer(json));
    } catch (AccessDeniedException e) {
      return new Closed(bytes);
    } catch (IOException e) {
      return new Useless("it is no whole gzip over JSON: " + e.getClass().getSimpleName());
    }
  }

  /// Reads it to its end, so that one that breaks off is found out.
  private static boolean newer(JsonParser json) throws IOException {
    Set<String> columns = Set.of("request_buffering", "response_buffering");
    boolean newer = false;
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      newer |=
          token == JsonToken.FIELD_NAME
              && columns.contains(json.currentName())
              && inRoute(json.getParsingContext());
    }
    return newer;
  }

  private static boolean inRoute(JsonStreamContext object) {
    JsonStreamContext list = object.getParent();
    return list != null
        && list.inArray()
        && list.getParent() != null
        && "routes".equals(list.getParent().getCurrentName());
  }
}
