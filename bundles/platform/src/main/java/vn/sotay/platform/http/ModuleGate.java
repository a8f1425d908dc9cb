package vn.sotay.platform.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/** The gates of all modules. A waiting request holds no thread: it is a task that runs when its gate opens. */
@Component(service = {Gate.class, ModuleGate.class})
public final class ModuleGate implements Gate {

    private static final int MOST_WAITING = 200;

    /** What a request finds at a gate. */
    enum Answer {
        /** Nobody keeps a gate for this module. */
        UNKNOWN,
        /** Go on, and {@link #leave} afterwards. */
        ENTERED,
        /** The task is kept and runs when the gate opens. */
        WAITING,
        /** Too many wait already. */
        FULL,
        STOPPED
    }

    private enum State {
        OPEN,
        CLOSED,
        STOPPED
    }

    private static final class Door {
        private State state = State.STOPPED;
        private int inside;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
    }

    private final Map<String, Door> doors = new ConcurrentHashMap<>();

    /** Lets a request in, or keeps {@code later} until the gate opens or stops: then it comes here again. */
    Answer enter(String module, Runnable later) {
        Door door = doors.get(module);
        if (door == null) {
            return Answer.UNKNOWN;
        }
        synchronized (door) {
            switch (door.state) {
                case OPEN -> {
                    door.inside++;
                    return Answer.ENTERED;
                }
                case STOPPED -> {
                    return Answer.STOPPED;
                }
                default -> {
                    if (door.waiting.size() >= MOST_WAITING) {
                        return Answer.FULL;
                    }
                    door.waiting.add(later);
                    return Answer.WAITING;
                }
            }
        }
    }

    /** A request that had entered is done. */
    void leave(String module) {
        Door door = doors.get(module);
        if (door != null) {
            synchronized (door) {
                door.inside--;
                door.notifyAll();
            }
        }
    }

    @Override
    public boolean close(String module, Duration limit) {
        Door door = doors.computeIfAbsent(module, id -> new Door());
        long end = System.nanoTime() + limit.toNanos();
        synchronized (door) {
            door.state = State.CLOSED;
            while (door.inside > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    door.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public void open(String module) {
        set(module, State.OPEN);
    }

    @Override
    public void stop(String module) {
        set(module, State.STOPPED);
    }

    @Override
    public void remove(String module) {
        Door door = doors.remove(module);
        if (door != null) {
            release(door, State.STOPPED);
        }
    }

    private void set(String module, State state) {
        release(doors.computeIfAbsent(module, id -> new Door()), state);
    }

    private static void release(Door door, State state) {
        List<Runnable> released;
        synchronized (door) {
            door.state = state;
            released = new ArrayList<>(door.waiting);
            door.waiting.clear();
        }
        released.forEach(Runnable::run);
    }
}
