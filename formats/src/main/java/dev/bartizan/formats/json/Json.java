package dev.bartizan.formats.json;

import java.util.List;
import java.util.Optional;

/// A JSON value.
public sealed interface Json {
    /// An object; keys may repeat.
    record Members(List<Member> members) implements Json {
        public Members {
            members = List.copyOf(members);
        }

        /// The last value under a key, as most readers take it.
        @Override
        public Optional<Json> get(String key) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).key().equals(key)) {
                    return Optional.of(members.get(i).value());
                }
            }
            return Optional.empty();
        }
    }

    /// One key with its value.
    record Member(String key, Json value) {}

    /// An array.
    record Items(List<Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A string.
    record Text(String value) implements Json {}

    /// A number, as written; also NaN and Infinity, which Python accepts.
    record Numeral(String written) implements Json {
        /// The value when it is a whole number that fits.
        public Optional<Long> whole() {
            try {
                return Optional.of(Long.parseLong(written));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /// `true` or `false`.
    record Truth(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {}

    /// The value under a key; empty when this is no object or lacks it.
    default Optional<Json> get(String key) {
        return Optional.empty();
    }

    /// The text under a key.
    default Optional<String> text(String key) {
        return get(key).flatMap(value ->
                value instanceof Text text ? Optional.of(text.value()) : Optional.empty());
    }

    /// The items under a key; none when it is no array.
    default List<Json> items(String key) {
        return get(key).map(value -> value instanceof Items items ? items.items() : List.<Json>of())
                .orElse(List.of());
    }
}
