package vn.sotay.platform.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.rule.WorkingDays;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

/**
 * Which days are worked: Monday to Friday but for public holidays, and the days worked in their place. Holidays are data, since Tết moves
 * and the Government says each year which days are swapped: {@code sotay/holidays.json}, and {@code config/holidays.json} beside it.
 * Thread-safe.
 */
@Component(service = WorkingDays.class)
public final class HolidayCalendar implements WorkingDays {

    private static final Logger LOG = LoggerFactory.getLogger(HolidayCalendar.class);

    /** No days of one year follow upon each other without work for longer; a longer row is a mistake in the file. */
    private static final int LONGEST = 60;

    private static final String FILE = "sotay/holidays.json";

    /**
     * A file of holidays.
     *
     * @param complete years of which it names all
     * @param days holidays, first and last day
     * @param worked days of a weekend that are worked for another day
     */
    record Holidays(List<Integer> complete, List<Span> days, List<LocalDate> worked) {

        /** @param name for who reads the file */
        record Span(LocalDate from, LocalDate to, String name) {}
    }

    private final Set<LocalDate> free = new HashSet<>();
    private final Set<LocalDate> worked = new HashSet<>();
    private final Set<Integer> complete = new HashSet<>();
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();

    /** For the framework; {@code ready} is told the operator's line if the province's file is wrong. */
    @Activate
    public HolidayCalendar(BundleContext context, @Reference(target = "(sotay=ready)") CompletableFuture<String> ready)
            throws ModuleException {
        try {
            Module platform = new Module(Module.PLATFORM, context.getBundle(), MissingNode.getInstance());
            add(parse(FILE + " of " + Module.PLATFORM, platform.read(FILE).orElseThrow()));
            String config = context.getProperty("sotay.config.dir");
            Path file = config == null ? null : Path.of(config).resolve("holidays.json");
            if (file != null && Files.exists(file)) {
                add(parse(file.toString(), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            ModuleException failure = new ModuleException("the holidays cannot be read: " + e.getMessage(), e);
            ready.completeExceptionally(failure);
            throw failure;
        } catch (ModuleException e) {
            ready.completeExceptionally(e);
            throw e;
        }
    }

    HolidayCalendar(List<Holidays> all) {
        all.forEach(this::add);
    }

    static Holidays parse(String name, byte[] json) throws ModuleException {
        try {
            Holidays holidays = Json.ownFiles().readValue(json, Holidays.class);
            if (holidays == null
                    || holidays.complete() == null
                    || holidays.days() == null
                    || holidays.worked() == null) {
                throw new ModuleException(name + " needs complete, days and worked: see docs/operations.md");
            }
            for (Holidays.Span span : holidays.days()) {
                if (span.from().isAfter(span.to())
                        || span.from().plusDays(LONGEST).isBefore(span.to())) {
                    throw new ModuleException(
                            name + ": " + span.name() + " must end after it begins, and within " + LONGEST + " days");
                }
            }
            return holidays;
        } catch (JsonProcessingException e) {
            throw new ModuleException(name + " is not as it should be: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModuleException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void add(Holidays holidays) {
        for (Holidays.Span span : holidays.days()) {
            span.from().datesUntil(span.to().plusDays(1)).forEach(free::add);
        }
        worked.addAll(holidays.worked());
        complete.addAll(holidays.complete());
    }

    @Override
    public boolean isWorked(LocalDate day) {
        if (worked.contains(day)) {
            return true;
        }
        boolean isWeekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !isWeekend && !free.contains(day);
    }

    @Override
    public LocalDate after(LocalDate day, int days) {
        LocalDate last = day;
        for (int left = days; left > 0; ) {
            last = last.plusDays(1);
            if (isWorked(last)) {
                left--;
            }
        }
        if (!complete.contains(last.getYear()) && told.add(last.getYear())) {
            LOG.warn(
                    "Not all public holidays of {} are known, so that deadlines may be a few days early: put them into"
                            + " config/holidays.json",
                    last.getYear());
        }
        return last;
    }

    @Override
    public int between(LocalDate from, LocalDate to) {
        return to.isAfter(from)
                ? (int) from.plusDays(1)
                        .datesUntil(to.plusDays(1))
                        .filter(this::isWorked)
                        .count()
                : 0;
    }
}
