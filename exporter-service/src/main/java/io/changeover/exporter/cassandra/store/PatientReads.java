package io.changeover.exporter.cassandra.store;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;

/// Asks again when a read has timed out because a replica did not answer: for some 20 s until the
/// others have noticed that a node is dead (`phi_convict_threshold` 8), they still ask it. The
/// driver's own policy gives such a read up at once. The same coordinator is asked, since it did
/// answer, and a ring may have no third one. What is written is tried again by its writer.
public final class PatientReads extends DefaultRetryPolicy {

  /// At Cassandra's usual 5 s for a read and 10 s for a range the time of the request ends first.
  private static final int RETRIES = 8;

  /// The driver makes it.
  public PatientReads(DriverContext context, String profile) {
    super(context, profile);
  }

  @Override
  public RetryVerdict onReadTimeoutVerdict(
      Request request,
      ConsistencyLevel level,
      int required,
      int received,
      boolean dataPresent,
      int retries) {
    return retries < RETRIES ? RetryVerdict.RETRY_SAME : RetryVerdict.RETHROW;
  }
}
