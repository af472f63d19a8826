package io.changeover.worker.kong;

/// Requests that name another host than the one they are sent to, since Kong routes by it.
public final class HostHeader {

  private HostHeader() {}

  /// Lets this process send them. The JDK looks at the setting once, with the first HTTP client of
  /// a process, so every class that makes one calls this in its initializer.
  public static void allow() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
  }
}
