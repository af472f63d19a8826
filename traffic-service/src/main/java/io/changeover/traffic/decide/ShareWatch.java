package io.changeover.traffic.decide;

/// Whether requests go where the weights say. Windows grow until they can tell; one that disagrees
/// is dropped and a new one begins, so that requests of before the change, and chance, only cost
/// time.
///
/// @param window what was counted since the window began
/// @param disagreed windows dropped
/// @param lastTold the last share that could tell
public record ShareWatch(Window window, int disagreed, Proportion lastTold) {

  /// Nothing seen.
  public static final ShareWatch START = new ShareWatch(Window.NONE, 0, Proportion.of(0, 0));

  /// With what came since the last look.
  public ShareWatch with(Window delta, double asked) {
    Window grown = window.plus(delta);
    Proportion share = grown.share();
    if (!share.tells(asked)) {
      return new ShareWatch(grown, disagreed, lastTold);
    }
    return share.allows(asked)
        ? new ShareWatch(grown, disagreed, share)
        : new ShareWatch(Window.NONE, disagreed + 1, share);
  }

  /// Without what was counted so far, after a restart of the router.
  public ShareWatch anew() {
    return new ShareWatch(Window.NONE, disagreed, lastTold);
  }

  /// Whether the window that runs can tell, and agrees.
  public boolean agrees(double asked) {
    return window.share().tells(asked) && window.share().allows(asked);
  }
}
