/// The words of the workbench: systems, facts, threats, claims, checks, evidence, standing.
@NullMarked
package dev.bartizan.core;

import org.jspecify.annotations.NullMarked;
