/// Models of other tools: read into system files, written from them.
@NullMarked
package dev.bartizan.threats.exchange;

import org.jspecify.annotations.NullMarked;
