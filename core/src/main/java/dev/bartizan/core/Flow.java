package dev.bartizan.core;

import java.util.List;

/// Data going from one element to another.
///
/// @param from id of the source element
/// @param to id of the destination element
/// @param carries what goes: `prompt`, `personal-data`, `model` …
/// @param place where the file says it
public record Flow(String from, String to, List<String> carries, Place place) {
    public Flow {
        carries = List.copyOf(carries);
    }
}
