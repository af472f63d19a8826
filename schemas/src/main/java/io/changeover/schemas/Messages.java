package io.changeover.schemas;

import io.changeover.messages.AbortUpgrade;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.InstallCluster;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.PauseUpgrade;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.Rejected;
import io.changeover.messages.ResumeUpgrade;
import io.changeover.messages.RetryPhase;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.StartUpgrade;
import io.changeover.messages.UpgradePlan;
import io.changeover.messages.UpgradeSnapshot;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/// The messages, by the topic that carries them. A new message is added here and nowhere else.
public final class Messages {
  /// What people and programs may ask.
  public static final List<Schema> REQUESTS =
      List.of(
          StartUpgrade.getClassSchema(),
          InstallCluster.getClassSchema(),
          AnswerGate.getClassSchema(),
          PauseUpgrade.getClassSchema(),
          ResumeUpgrade.getClassSchema(),
          AbortUpgrade.getClassSchema(),
          RetryPhase.getClassSchema());

  /// What the planner tells workers and runbooks.
  public static final List<Schema> COMMANDS =
      List.of(PhaseCommand.getClassSchema(), RunbookRequested.getClassSchema());

  /// What they answer.
  public static final List<Schema> REPORTS = List.of(PhaseReport.getClassSchema());

  /// What the planner writes down.
  public static final List<Schema> RECORDS =
      List.of(JournalEntry.getClassSchema(), Rejected.getClassSchema());

  /// Every message there is.
  public static final List<Schema> ALL =
      Stream.of(REQUESTS, COMMANDS, REPORTS, RECORDS).flatMap(List::stream).toList();

  /// What is on no topic but in the planner's database, and must stay readable as well.
  public static final List<Schema> STORED =
      List.of(UpgradeSnapshot.getClassSchema(), UpgradePlan.getClassSchema());

  /// Everything that is ever encoded by itself.
  static final List<Schema> ENCODED = Stream.of(ALL, STORED).flatMap(List::stream).toList();

  static {
    // Avro makes instances only of classes that it was told to trust.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackage() == StartUpgrade.class.getPackage()));
  }

  private Messages() {}
}
