package io.changeover.inventory;

import java.util.Optional;

/// What keeps blue from coming back once it is stopped: Kong itself lets an old node start on a
/// finished schema.
///
/// @param blueRole the database role that blue's nodes log in with, and nobody else; its LOGIN is
///   taken and given back
/// @param user who may do that; the datastore's user when absent
/// @param password that user's password; empty text where the server asks for none
public record Fence(String blueRole, Optional<String> user, Secret password) {}
