package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.report.Findings;
import java.util.Set;
import java.util.TreeSet;

/// May the migrating user make or alter the keyspace?
///
/// @param user who Kong's migrations log in as; empty for nobody
/// @param keyspace that is made or altered
record KeyspaceRights(String user, String keyspace) implements CqlCheck {

  @Override
  public String name() {
    return "rights of the migrating user";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    if (user.isEmpty()) {
      findings.fact(
          "rights.none", "Kong logs in to Cassandra without a user", "no username is set");
      return;
    }
    try {
      judge(rights(session), findings);
    } catch (InvalidQueryException unsupported) {
      findings.fact(
          "rights.open",
          "Cassandra has no authorizer: everybody may do everything, or the user is unknown",
          String.valueOf(unsupported.getMessage()));
    } catch (UnauthorizedException hidden) {
      findings.warning(
          "rights.unseen",
          "what " + user + " may do can't be seen with the datastore's user",
          String.valueOf(hidden.getMessage()),
          "see LIST ALL PERMISSIONS OF " + user + " as a superuser");
    }
  }

  private Set<String> rights(CqlSession session) {
    TreeSet<String> rights = new TreeSet<>();
    session
        .execute("LIST ROLES OF " + Keyspaces.quoted(user))
        .forEach(
            row -> {
              if (row.getBoolean("super")) {
                rights.add("superuser");
              }
            });
    session
        .execute("LIST ALL PERMISSIONS OF " + Keyspaces.quoted(user))
        .forEach(row -> rights.add(row.getString("permission") + " " + row.getString("resource")));
    return rights;
  }

  /// Pure.
  void judge(Set<String> rights, Findings findings) {
    boolean may =
        rights.contains("superuser")
            || rights.contains("CREATE <all keyspaces>")
            || (rights.contains("CREATE <keyspace " + keyspace + ">")
                && rights.contains("ALTER <keyspace " + keyspace + ">"));
    if (may) {
      findings.fact(
          "rights.keyspace", user + " may make and alter " + keyspace, String.join(", ", rights));
    } else {
      findings.blocker(
          "rights.keyspace",
          user + " may not make or alter the keyspace " + keyspace,
          rights.isEmpty() ? "it has no permission" : String.join(", ", rights),
          "GRANT CREATE ON ALL KEYSPACES TO " + user);
    }
  }
}
