package io.changeover.traffic.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

  private static final String LINE =
      "changeover/1 b=kong_proxy s=blue-1 st=200 ts=-- ta=12 tr=11 tw=0 tc=0 rc=+1\n";

  @Test
  void a_line_is_read_with_or_without_a_syslog_header() {
    LogLine line = new LogLine("kong_proxy", "blue-1", 200, "--", 12);

    assertThat(LogLine.read(LINE)).contains(line);
    assertThat(LogLine.read("<134>1 2026-01-01T00:00:00Z lb haproxy 7 - - " + LINE)).contains(line);
    assertThat(LogLine.read("<134>Jan  1 00:00:00 haproxy[7]: " + LINE)).contains(line);
  }

  @Test
  void only_what_the_client_ended_is_a_client_abort() {
    assertThat(LogLine.read(LINE.replace("ts=--", "ts=CD")).orElseThrow().clientAborted()).isTrue();
    assertThat(LogLine.read(LINE.replace("ts=--", "ts=cD")).orElseThrow().clientAborted()).isTrue();
    assertThat(LogLine.read(LINE.replace("ts=--", "ts=SC")).orElseThrow().clientAborted())
        .isFalse();
    assertThat(LogLine.read(LINE).orElseThrow().clientAborted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "backend kong_proxy has no server available!",
        "changeover/2 b=p s=x st=200 ts=-- ta=1",
        "changeover/1 ",
        "changeover/1 b=p s=x st=200 ts=--",
        "changeover/1 b=p s=x st=ok ts=-- ta=1",
        "changeover/1 b=p s=x st=200 ts= ta=1",
        "changeover/1 b= s=x st=200 ts=-- ta=1",
        "changeover/1 b=p st=200 ts=-- ta=1",
        "changeover/1 bsstts",
      })
  void other_datagrams_are_none(String datagram) {
    assertThat(LogLine.read(datagram)).isEmpty();
  }
}
