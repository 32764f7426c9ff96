package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;

/// Hears what loading would do, in order. What a hearer has no method for is nothing to it.
interface PickleEvents {
    /// A name is fetched from a module, which imports the module.
    default void imported(Imported name) {}

    /// Something is called or made.
    ///
    /// @param result what it gives, as far as it can be worked out; else the made thing itself
    default void called(Made made, Value result) {}

    /// A state is set on an object: its `__setstate__` runs, or its attributes change.
    default void stateSet(Value object, Value state, long offset) {}

    /// Items are put into something that is no plain group: its methods run.
    default void itemsPut(Value object, String method, long offset) {}

    /// The program that loads is asked for an object by id.
    default void persistent(Value id, long offset) {}

    /// The program's registry is asked for an object by code.
    default void extension(long code, long offset) {}

    /// A value is put into a dictionary under a name.
    default void named(String key, Value value, long offset) {}

    /// Text or bytes are pushed that are long enough to hold something.
    default void data(Value value, long offset) {}

    /// Readers disagree, or a rule is broken, and loading goes on.
    default void odd(long offset, String message) {}

    /// Something that the pickle needs does not stand in it.
    default void missing(long offset, String message) {}

    /// Python would raise here; what follows is told all the same.
    default void broken(long offset, String message) {}
}
