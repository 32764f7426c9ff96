package dev.bartizan.core;

/// A typed component of a system.
///
/// @param id key in the system file; identity across edits
/// @param kind what it is
/// @param label name for people; the id when the file gives none
/// @param zone id of the trust zone it lies in; empty when the file gives none
/// @param attributes everything else the file says of it
/// @param place where the file says it
public record Element(
        String id,
        ElementKind kind,
        String label,
        String zone,
        Attributes attributes,
        Place place) {}
