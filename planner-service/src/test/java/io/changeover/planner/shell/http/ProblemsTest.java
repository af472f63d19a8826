package io.changeover.planner.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private static HttpResponse<Problem> answer(SQLException cause) {
    return new Problems.Broken()
        .handle(HttpRequest.GET("/upgrades"), new ConnectionException("at 10.0.0.1", cause));
  }

  @Test
  void a_connection_that_breaks_under_a_query_is_unavailable() {
    HttpResponse<Problem> answer = answer(new SQLException("Connection is closed"));
    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.body().toString()).contains("Nothing is lost").doesNotContain("10.0.0.1");
  }

  @Test
  void what_postgresql_refuses_is_a_fault_of_the_planner() {
    HttpResponse<Problem> answer = answer(new SQLException("no such table", "42P01"));
    assertThat(answer.code()).isEqualTo(500);
    assertThat(answer.body().toString()).contains("refused a query").doesNotContain("10.0.0.1");
  }
}
