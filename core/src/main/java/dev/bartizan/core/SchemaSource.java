package dev.bartizan.core;

import java.util.List;

/// Contributes keys to the system file, so that a new capability edits no other module. Found by
/// `ServiceLoader`. The parameters of a check need none: its card brings them.
public interface SchemaSource {
    /// The keys.
    List<SchemaFragment> fragments();
}
