/// What tests of several modules need: the repository and the data beside it. Never shipped.
module dev.bartizan.testkit {
    requires static transitive org.jspecify;
    requires org.junit.jupiter.api;

    exports dev.bartizan.testkit;
}
