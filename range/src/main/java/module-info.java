/// Simulated vulnerable targets with planted flaws.
module dev.bartizan.range {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires tools.jackson.databind;
}
