/// Simulated vulnerable targets with planted flaws.
module dev.bartizan.range {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires jdk.httpserver;
    requires tools.jackson.databind;

    exports dev.bartizan.range;

    provides dev.bartizan.core.SimulatedEndpoints with
            dev.bartizan.range.SimulatedRange;
}
