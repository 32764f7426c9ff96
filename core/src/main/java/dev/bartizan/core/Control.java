package dev.bartizan.core;

/// A declared safeguard. Only a declaration until a check has measured it.
///
/// @param id name of the control
/// @param at id of the element it protects
/// @param kind such as `guardrail`, `signature-check`, `rate-limit`, `human-approval`
/// @param attributes everything else the file says of it
/// @param place where the file says it
public record Control(String id, String at, String kind, Attributes attributes, Place place) {}
