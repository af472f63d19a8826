package io.changeover.migrator.work;

import io.changeover.migrator.observe.SchemaObservation;
import java.util.List;
import java.util.concurrent.Future;

/// What the last look at an upgrade or a rollback sees: the schema as green's binary reads it, and
/// every node of both sides.
record LastLook(SchemaObservation schema, List<NodeEnd> green, List<NodeEnd> blue) {

  static LastLook at(Tools tools, Subject subject) throws InterruptedException {
    try (Together together = new Together()) {
      Future<SchemaObservation> schema = together.ask(() -> tools.green(subject));
      List<NodeEnd> green = Nodes.look(tools, subject, subject.green());
      List<NodeEnd> blue = Nodes.look(tools, subject, subject.blue());
      return new LastLook(Together.answer(schema), green, blue);
    }
  }
}
