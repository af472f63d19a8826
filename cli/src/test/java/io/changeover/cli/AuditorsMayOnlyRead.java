package io.changeover.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/// A broker's plugin that lets the client `auditor` read and describe topics and nothing else: no
/// write, no topic of its own, no consumer group.
public final class AuditorsMayOnlyRead implements Authorizer {
  static final String AUDITOR = "auditor";

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
    return server.endpoints().stream()
        .collect(
            Collectors.toMap(
                endpoint -> endpoint, endpoint -> CompletableFuture.<Void>completedFuture(null)));
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext request, List<Action> actions) {
    boolean auditor = AUDITOR.equals(request.clientId());
    return actions.stream()
        .map(
            action ->
                auditor && !reads(action)
                    ? AuthorizationResult.DENIED
                    : AuthorizationResult.ALLOWED)
        .toList();
  }

  private static boolean reads(Action action) {
    return action.resourcePattern().resourceType() == ResourceType.TOPIC
        && (action.operation() == AclOperation.READ || action.operation() == AclOperation.DESCRIBE);
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext request, List<AclBinding> bindings) {
    return List.of();
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext request, List<AclBindingFilter> filters) {
    return List.of();
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    return List.of();
  }

  @Override
  public void close() {}
}
