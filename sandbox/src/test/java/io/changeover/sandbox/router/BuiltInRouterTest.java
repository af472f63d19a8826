package io.changeover.sandbox.router;

/// The contract on the router of our own.
class BuiltInRouterTest extends RouterContract {

  private BuiltInRouter router;

  @Override
  void start(RouterPlan plan) throws Exception {
    router = BuiltInRouter.start(plan);
  }

  @Override
  void stop() {
    router.close();
  }
}
