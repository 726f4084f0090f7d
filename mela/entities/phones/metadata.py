"""What the phone metadata says of a number."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def look_up(number: str, regions: tuple[str, ...]) -> bool | None:
    """Return whether one dials a number for free; None where nobody could dial it."""
    import phonenumbers  # 20 ms and 48 MB, for the first candidate only

    readings: list[tuple[str, str | None]]
    if number.startswith("+"):
        # The 1 of Mexican mobiles is no longer dialed, but is still written.
        is_old_mexican = number.startswith("+521") and len(number) == 14
        readings = [(f"+52{number[4:]}" if is_old_mexican else number, None)]
    else:
        readings = [(number, region) for region in regions]
        if number.startswith("00") and len(number) > 10:
            readings.append((f"+{number[2:]}", None))
    for written, region in readings:
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        # A number without a type is not valid; asking for that as well would take as long again.
        kind = phonenumbers.number_type(parsed)
        if kind != phonenumbers.PhoneNumberType.UNKNOWN:
            if region is not None:
                # A number of ten digits is a code where people would write a trunk 0 before it.
                national = phonenumbers.format_number(
                    parsed, phonenumbers.PhoneNumberFormat.NATIONAL
                )
                whole = phonenumbers.national_significant_number(parsed)
                if whole == written and whole[0] != "0" and national.lstrip("(")[0] == "0":
                    continue
            return bool(kind == phonenumbers.PhoneNumberType.TOLL_FREE)
        # A plus sign is evidence enough for a number of the right length: +1 555 010 9999.
        if region is None and len(written) > 10 and phonenumbers.is_possible_number(parsed):
            return False
    return None


@lru_cache(maxsize=4096)
def has_country(number: str, code: str) -> bool:
    """Tell whether the country code of a number that begins with a plus is this one."""
    import phonenumbers

    return str(phonenumbers.parse(number).country_code) == code
