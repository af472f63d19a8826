package io.changeover.cli.demo;

/// One thing that must hold at the end.
///
/// @param what the thing, as a sentence
/// @param evidence what was seen
public record Check(String what, boolean holds, String evidence) {}
