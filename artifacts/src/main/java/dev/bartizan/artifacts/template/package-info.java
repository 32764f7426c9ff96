/// Jinja templates, parsed and never rendered.
@NullMarked
package dev.bartizan.artifacts.template;

import org.jspecify.annotations.NullMarked;
