using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

// What .NET opens by name when it is asked for it: ICU, OpenSSL, the time zones.
var number = 1234.5.ToString("N1", CultureInfo.GetCultureInfo("de-DE"));
var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("42"))).ToLowerInvariant()[..8];
var hour = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(2026, 7, 1, 10, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Hour;
Console.WriteLine($".NET {Environment.Version.Major} says {number} {digest} {hour} h");
