package io.changeover.inventory;

/// A place in a document.
///
/// @param path for people: `clusters[0].kong.2.1.4.nodes[1].admin`
/// @param shape the same for every item of a list and every name of a map:
///   `clusters[].kong.*.nodes[].admin`
record Where(String path, String shape) {

  static final Where ROOT = new Where("", "");

  Where key(String key) {
    return path.isEmpty() ? new Where(key, key) : new Where(path + "." + key, shape + "." + key);
  }

  Where name(String name) {
    return new Where(path + "." + name, shape + ".*");
  }

  Where item(int index) {
    return new Where(path + "[" + index + "]", shape + "[]");
  }
}
