package dev.bartizan.guard.tools;

import java.util.List;
import java.util.Optional;

/// One untrusted text that the agent saw, read as records of fields and as sentences.
///
/// @param origin where it came from, for people
/// @param text all of it, readable, lower case
/// @param records its data
/// @param sentences its prose, lower case
/// @param asked the values of the call that brought it, lower case; empty when none did
/// @param isDescription whether it describes a tool
record Untrusted(
        String origin,
        String text,
        List<Entry> records,
        List<Sentence> sentences,
        String asked,
        boolean isDescription) {
    /// Copies the lists.
    Untrusted {
        records = List.copyOf(records);
        sentences = List.copyOf(sentences);
    }

    /// A record: the fields that stand together, such as one JSON object, one line of a list, or
    /// the head of a letter.
    ///
    /// @param fields its short values
    /// @param above the short values of the records around it
    record Entry(List<Field> fields, String above) {
        /// Copies the list.
        Entry {
            fields = List.copyOf(fields);
        }

        /// All its values in one text.
        String text() {
            StringBuilder all = new StringBuilder();
            fields.forEach(field -> all.append(field.value()).append(" ; "));
            return all.toString();
        }

        /// Its first field that holds the value.
        Optional<Field> holding(Spelling value) {
            return fields.stream().filter(field -> value.isIn(field.value())).findFirst();
        }
    }

    /// A short value with its name; both lower case, the name empty where there is none.
    record Field(String key, String value) {}

    /// A sentence.
    ///
    /// @param text its words, lower case
    /// @param record index of the record it stands in, or -1
    record Sentence(String text, int record) {}
}
