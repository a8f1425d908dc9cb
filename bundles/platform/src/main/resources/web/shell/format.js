/**
 * Days, times and sizes as people say them. All times are those of Viet Nam, which is seven hours ahead of UTC all the year, wherever
 * the phone is.
 */
import {language} from './device.js';
import {t} from './texts.js';
import {lunar as lunarOf} from './lunar.js';

const DAY = 86_400_000;
const OFFSET = 7 * 3_600_000;
const zone = {timeZone: 'UTC'};

/** The instant moved so that its UTC fields read as the clock in Viet Nam. */
const local = instant => new Date(new Date(instant).getTime() + OFFSET);
const two = number => String(number).padStart(2, '0');
const intl = (options, date) => new Intl.DateTimeFormat(language.value, {...zone, ...options}).format(date);

/** Today in Viet Nam, {@code 2026-11-24}. */
export const today = () => local(Date.now()).toISOString().slice(0, 10);

/** The day of an instant, {@code 2026-11-24}. */
export const dayOf = instant => local(instant).toISOString().slice(0, 10);

/** The clock of an instant, {@code 19:00}. */
export const timeOf = instant => local(instant).toISOString().slice(11, 16);

/** The instant of a day and a clock in Viet Nam. */
export const instantOf = (day, time) => new Date(`${day}T${time}:00+07:00`).toISOString();

/** A day some days later. */
export const plusDays = (day, count) => new Date(new Date(`${day}T00:00:00Z`).getTime() + count * DAY).toISOString().slice(0, 10);

function sayDay(date, year) {
    if (language.value !== 'vi') {
        return intl({weekday: 'long', day: 'numeric', month: 'long', ...(year ? {year: 'numeric'} : {})}, date);
    }
    const day = `${date.getUTCDate()}/${date.getUTCMonth() + 1}`;
    return `${t(`weekday.${date.getUTCDay()}`)} ${day}${year ? `/${date.getUTCFullYear()}` : ''}`;
}

/** {@code thứ Bảy 28/11}; with the year when it is not this one. Takes a day or an instant. */
export function day(value) {
    const date = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : local(value);
    return sayDay(date, date.getUTCFullYear() !== local(Date.now()).getUTCFullYear());
}

/** {@code 19:00 thứ Bảy 28/11}. */
export const when = instant => t('format.when', {time: timeOf(instant), day: day(instant)});

/** {@code 03/02/1990}, for days in a record. */
export function date(value) {
    if (language.value !== 'vi') {
        return intl({day: 'numeric', month: 'short', year: 'numeric'}, new Date(`${value}T00:00:00Z`));
    }
    return value.split('-').reverse().join('/');
}

/** {@code thứ Ba, 24 tháng 11 năm 2026}. */
export function longDay(value) {
    const date = new Date(`${value}T00:00:00Z`);
    if (language.value !== 'vi') {
        return sayDay(date, true);
    }
    const [year, month, number] = value.split('-').map(Number);
    return `${t(`weekday.${date.getUTCDay()}`)}, ${number} tháng ${month} năm ${year}`;
}

/** The lunar day of a day or an instant: {@code 20 tháng Mười âm lịch}; empty beyond the years that are known. */
export function lunar(value) {
    const found = lunarOf(/^\d{4}-\d\d-\d\d$/.test(value) ? value : dayOf(value));
    if (!found) {
        return '';
    }
    const month = t(`lunar.month.${found.month}`);
    return t('lunar.day', {
        day: found.day === 15 ? t('lunar.full') : found.day <= 10 ? t('lunar.early', {day: found.day}) : found.day,
        month: found.leap ? t('lunar.leap', {month}) : month,
    });
}

/** How long until then: {@code còn 2 ngày}, {@code ngày mai}, {@code còn 3 giờ}; null when it has begun. */
export function until(instant) {
    const left = new Date(instant).getTime() - Date.now();
    if (left <= 0) {
        return null;
    }
    const days = (Date.parse(dayOf(instant)) - Date.parse(today())) / DAY;
    if (days > 1) {
        return t('format.days-left', {count: days});
    }
    if (days === 1) {
        return t('format.tomorrow');
    }
    const minutes = Math.ceil(left / 60_000);
    return minutes >= 60
        ? t('format.hours-left', {count: Math.round(minutes / 60)})
        : t('format.minutes-left', {count: minutes});
}

/** How long ago: {@code vừa xong}, {@code 5 phút trước}, else the time and day. */
export function ago(instant) {
    const minutes = Math.floor((Date.now() - new Date(instant).getTime()) / 60_000);
    if (minutes < 1) {
        return t('format.just-now');
    }
    if (minutes < 60) {
        return t('format.minutes-ago', {count: minutes});
    }
    return minutes < 300 ? t('format.hours-ago', {count: Math.floor(minutes / 60)}) : when(instant);
}

/** {@code 2,1 MB}. */
export function bytes(size) {
    const [value, unit] = size < 1000 ? [size, 'B'] : size < 1_000_000 ? [size / 1000, 'kB'] : [size / 1_000_000, 'MB'];
    return `${new Intl.NumberFormat(language.value, {maximumFractionDigits: value < 10 && unit === 'MB' ? 1 : 0}).format(value)} ${unit}`;
}

export const number = value => new Intl.NumberFormat(language.value).format(value);

const collator = new Intl.Collator('vi', {sensitivity: 'variant'});
const given = name => name.trim().split(/\s+/).pop();

/** Orders full names the Vietnamese way: by the given name, which stands last, then the words before it from the family name on. */
export function compareNames(one, other) {
    const [a, b] = [one, other].map(given);
    return collator.compare(a, b) || collator.compare(one, other);
}

/** Folds marks and case away, so that {@code nguyen} finds {@code Nguyễn}. */
export const fold = text =>
    text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐÐð]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
