/// The shell: parses, wires, prints, exits.
@NullMarked
package dev.bartizan.cli;

import org.jspecify.annotations.NullMarked;
