/// The example of CONTRIBUTING.md.
@NullMarked
package dev.bartizan.cli.contributing;

import org.jspecify.annotations.NullMarked;
