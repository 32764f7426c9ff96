/// The system's diagram: layered layout and server-side SVG.
@NullMarked
package dev.bartizan.reports.diagram;

import org.jspecify.annotations.NullMarked;
