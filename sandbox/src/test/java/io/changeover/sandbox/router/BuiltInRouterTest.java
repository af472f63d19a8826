package io.changeover.sandbox.router;

import org.jspecify.annotations.Nullable;

/// The contract on the router of our own.
class BuiltInRouterTest extends RouterContract {

  private @Nullable BuiltInRouter router;

  @Override
  void start(RouterPlan plan) throws Exception {
    router = BuiltInRouter.start(plan);
  }

  @Override
  void stop() {
    if (router != null) {
      router.close();
    }
  }
}
