/// Clients of endpoints with limits and recording, and the checks that talk to them.
module dev.bartizan.targets {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires tools.jackson.databind;
}
