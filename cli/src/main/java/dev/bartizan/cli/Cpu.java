package dev.bartizan.cli;

import java.lang.management.ManagementFactory;

/// Time that this process took of all processors.
final class Cpu {
    private Cpu() {}

    static long nanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
