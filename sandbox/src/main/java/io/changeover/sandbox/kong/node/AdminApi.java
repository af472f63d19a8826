package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Answerer;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.kong.StoreException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Kong's Admin API as far as a stand-in needs one.
final class AdminApi implements Answerer {

  private final NodeEndpoints node;
  private final EntityEndpoints entities;
  private final TargetEndpoints targets;
  private final ConfigEndpoint config;
  private final ClusteringEndpoints clustering;
  private final Replies replies;
  private final NodeLog log;
  private final Executor blocking;

  AdminApi(
      NodeEndpoints node,
      EntityEndpoints entities,
      TargetEndpoints targets,
      ConfigEndpoint config,
      ClusteringEndpoints clustering,
      Replies replies,
      NodeLog log,
      Executor blocking) {
    this.node = node;
    this.entities = entities;
    this.targets = targets;
    this.config = config;
    this.clustering = clustering;
    this.replies = replies;
    this.log = log;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Response> answer(Request request, InetSocketAddress peer) {
    return CompletableFuture.supplyAsync(() -> timed(request), blocking);
  }

  private Response timed(Request request) {
    long begun = System.nanoTime();
    AdminAnswer answer = guarded(request);
    Response response =
        replies.admin(answer.status(), answer.body(), (System.nanoTime() - begun) / 1_000_000);
    answer.headers().forEach(response::with);
    return response;
  }

  private AdminAnswer guarded(Request request) {
    try {
      return dispatch(AdminRequest.of(request));
    } catch (AdminRequest.Unreadable e) {
      return AdminAnswer.message(400, "Cannot parse JSON body");
    } catch (Changes.Invalid e) {
      return violation(e.fields());
    } catch (StoreException e) {
      return refused(e);
    } catch (RuntimeException e) {
      log.error("Admin API, " + request.method() + " " + request.path() + ": " + e);
      return AdminAnswer.message(500, "An unexpected error occurred");
    }
  }

  private AdminAnswer dispatch(AdminRequest request)
      throws AdminRequest.Unreadable, Changes.Invalid {
    return switch (String.join("/", request.segments())) {
      case "" -> node.root();
      case "status" -> node.status();
      case "plugins/enabled" -> node.enabledPlugins();
      case "clustering/status" -> clustering.status();
      case "clustering/data-planes" -> clustering.dataPlanes();
      case "tags" -> node.tags("");
      case "config" -> config.answer(request);
      case "__stand-in/faults" -> node.faults(request);
      default ->
          request.segment(0).equals("tags") ? node.tags(request.segment(1)) : entity(request);
    };
  }

  private AdminAnswer entity(AdminRequest request) throws AdminRequest.Unreadable, Changes.Invalid {
    Collection collection = Collection.top(request.segment(0));
    if (collection == null || request.segments().size() > 4) {
      return AdminAnswer.notFound();
    }
    return switch (request.segments().size()) {
      case 1 -> entities.collection(request, collection, null);
      case 2 -> entities.one(request, collection, request.segment(1), null);
      default -> nested(request, collection);
    };
  }

  private AdminAnswer nested(AdminRequest request, Collection of)
      throws AdminRequest.Unreadable, Changes.Invalid {
    Map<String, @Nullable Object> parent = entities.find(of, request.segment(1));
    if (parent == null) {
      return AdminAnswer.notFound();
    }
    if (of.entity().equals("upstreams")) {
      return targets.answer(request, parent);
    }
    if (of.entity().equals("routes") && request.segment(2).equals("service")) {
      String service = Rows.foreign(parent, "service");
      Collection services = Collection.top("services");
      return service == null || services == null
          ? AdminAnswer.notFound()
          : entities.one(request, services, service, null);
    }
    Collection.Nested nested = Collection.nested(request.segment(0), request.segment(2));
    if (nested == null) {
      return AdminAnswer.notFound();
    }
    EntityEndpoints.Parent whose =
        new EntityEndpoints.Parent(nested.field(), Rows.text(parent, "id"));
    return request.segments().size() == 3
        ? entities.collection(request, nested.collection(), whose)
        : entities.one(request, nested.collection(), request.segment(3), whose);
  }

  private static AdminAnswer violation(Map<String, Object> fields) {
    StringJoiner words = new StringJoiner("; ");
    fields.forEach((field, problem) -> words.add(field + ": " + flat(problem)));
    String message =
        fields.size() == 1
            ? "schema violation (" + words + ")"
            : fields.size() + " schema violations (" + words + ")";
    return AdminAnswer.error(400, 2, "schema violation", message, fields);
  }

  private static String flat(Object problem) {
    if (problem instanceof Map<?, ?> nested) {
      StringJoiner words = new StringJoiner("; ");
      nested.forEach((field, inner) -> words.add(field + ": " + flat(String.valueOf(inner))));
      return words.toString();
    }
    return String.valueOf(problem);
  }

  private AdminAnswer refused(StoreException e) {
    Map<String, String> fields = new LinkedHashMap<>(e.fields());
    return switch (e.kind()) {
      case PRIMARY_KEY -> AdminAnswer.error(400, 3, "primary key violation", e.words(), fields);
      case UNIQUE -> AdminAnswer.error(409, 5, "unique constraint violation", e.words(), fields);
      case FOREIGN_KEY -> AdminAnswer.error(400, 4, "foreign key violation", e.words(), fields);
      case UNSUPPORTED -> {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "operation unsupported");
        body.put("message", e.words());
        body.put("code", 12);
        yield AdminAnswer.of(405, body);
      }
      case UNREACHABLE, OTHER -> {
        log.error("Admin API: " + e.words());
        yield AdminAnswer.message(500, "An unexpected error occurred");
      }
    };
  }
}
