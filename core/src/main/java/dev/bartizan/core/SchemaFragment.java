package dev.bartizan.core;

/// What a module adds to the schema of the system file.
///
/// @param place under which part of the file the key stands
/// @param key the key it describes
/// @param schema JSON Schema (draft 2020-12) of the key's value, as text; its `description` is
///   shown to users
public record SchemaFragment(Place place, String key, String schema) {
    /// A part of the system file that modules may extend.
    public enum Place {
        /// An element: `elements: {<id>: {<key>: …}}`.
        ELEMENT,
        /// A control: `controls: [{<key>: …}]`.
        CONTROL,
        /// A check's parameters: `checks: {<key>: …}`.
        CHECK
    }
}
