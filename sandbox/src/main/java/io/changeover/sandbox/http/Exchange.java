package io.changeover.sandbox.http;

import java.time.Duration;

/// One answered request: the response, how long the connection took (zero when it was reused) and
/// how long the answer.
public record Exchange(Response response, boolean reused, Duration connect, Duration answer) {}
