"""Short texts of the demo company: subjects, questions and answers by category, comments, promises, titles."""

SUBJECTS = (
    "How do we copy last week's plan?", "Changing the order of steps", "Where do I set opening hours?",
    "Orders shown twice since this morning", "App closes when a photo is added", "Totals differ from the export",
    "Invoice with the wrong tax number", "Question about our last charge", "Change of card",
    "New colleague cannot sign in", "Reset of two-factor sign-in", "Permissions for the warehouse team",
    "Connection to our accounting stopped", "API answers 429 at night", "Sync of stock levels is late",
    "Could reports be sent by mail?", "Wish: more than one currency per order", "Colour by customer in the plan",
    "Import of old orders", "Duplicate customers after the import", "Export of all data for our auditor",
)  # fmt: skip
QUESTIONS = (
    "Hello, we would like to copy the plan of last week to the next one. Where is that?",
    "Since this morning some orders appear twice. Nothing changed on our side.",
    "Our last invoice shows an old tax number. Can you correct it?",
    "A new colleague gets an error when signing in for the first time.",
    "The connection to our accounting stopped on Monday; nothing arrives any more.",
    "It would help us a lot if reports could be sent by mail every Monday.",
    "We imported the old orders and now see several customers twice.",
)
ANSWERS = (
    "Open the plan, choose Copy in the menu at the top right and pick the week. Tell me if it is not there for you.",
    "Thank you, I can see it too. A fix is on its way; until then the first of the two is the right one.",
    "Done. The corrected invoice is in your account and a copy is on its way to you.",
    "The invitation had expired. I have sent a new one, valid for three days.",
    "The access key had been replaced on their side. Please connect it again under Settings, Connections.",
    "I have noted it with your reason. It is planned; I will write to you when there is a date.",
    "I have merged them by tax number and attached a list of what was joined.",
)
THANKS = ("Thank you, that works.", "Perfect, thanks a lot!", "Great, that was it. Have a nice day.", "Thanks!")
MORE_QUESTIONS = ("It happened again this morning. Can you look into it once more?",
                  "One more question: does this hold for our second site as well?",
                  "I am afraid the same error is back.")  # fmt: skip
GOOD_COMMENTS = ("Quick and clear.", "Solved at once, thank you.", "Very patient with us.", "Exactly what we needed.")
BAD_COMMENTS = ("Took three days to get an answer.", "The fault is still there.", "I had to explain it twice.",
                "Was told it is not possible.")  # fmt: skip
BAD_REASONS = ("product", "waiting_time", "price", "answer", "policy")
PROMISES = ("Stock levels from two warehouses by the end of the quarter", "Invoices in two languages",
            "A named contact during the first ninety days", "Import of three years of old orders",
            "Report on margins per route", "Approval step before an order is sent",
            "Price held for the second year", "Offline mode for drivers")  # fmt: skip
TOUCH_SUBJECTS = ("Monthly call", "Business review", "Check-in after go-live", "Renewal talk", "Training for new users",
                  "Walk through the roadmap")  # fmt: skip
SELLER_SUBJECTS = ("How the start goes", "What we agreed on", "Who looks after you from here on")
ISSUE_TITLES = ("Orders appear twice after a sync", "Photo upload closes the app", "Export ignores the filter",
                "Wrong tax number after a change of address", "Two-factor reset mail arrives late",
                "Stock sync stops at midnight", "Rate limit too low for large customers", "Mail reports every Monday",
                "Several currencies in one order", "Colours by customer", "Undo for bulk changes",
                "Slow list of orders", "Rounding in the margin report", "Search ignores accents",
                "Driver app drains the battery", "Import cannot be repeated")  # fmt: skip
ARTICLE_TITLES = ("Copy a plan", "Set opening hours", "Connect your accounting", "Invite colleagues",
                  "Correct an invoice", "Import old orders", "Read the margin report", "Use the driver app",
                  "API limits explained", "Two-factor sign-in", "Share a report", "Work with several warehouses",
                  "Export everything", "Roles and permissions")  # fmt: skip
HANDED_ON = {
    "objectives": (
        "Plan a week in an hour instead of a day", "Open a second warehouse without another planner",
        "Deliver on the promised day nine times of ten", "One plan that drivers and office both see",
        "Know by Friday what next week will cost", "Take on a third more orders with the same people",
    ),
    "needs": (
        "Orders from the shop without typing them again", "Drivers must see changes within minutes",
        "Roles, so that the workshop cannot change prices", "Stock of both sites in one list",
        "Invoices in two languages", "Works offline in the yard", "Data stay in the European Union",
    ),
    "wanted_solution": (
        "Weekly plan with the driver app, accounting connected", "Plan and stock; invoices stay in their own system",
        "Planning first, reports after the summer", "Replace the spreadsheets of three depots by one plan",
        "Orders through the API, plan on a screen in the hall", "Same set-up as their sister company",
    ),
    "expected_value": (
        "Planning hours per week from 12 to 4 by spring", "Late deliveries from 9 % to 3 % within six months",
        "Orders per planner and day from 40 to 60 by year end", "Days to an invoice from 11 to 5 within a quarter",
        "Calls from drivers per day from 30 to 10 after two months", "Stock counted wrong from 6 % to 2 % by June",
    ),
    "calendar": (
        "Training before the season starts in March", "No changes in the last week of a month",
        "Steering meeting every second Tuesday", "Old system ends on the last day of the quarter",
        "Key user on leave for three weeks in August", "Audit in November; set-up must be done before",
    ),
    "value_events": (
        "First week planned without spreadsheets, week 4", "First invoice run from the plan, end of month two",
        "Second depot goes live, ten weeks after the start", "First monthly report to the owner, day 60",
        "All drivers on the app, six weeks after the start", "Order peak before the holidays without overtime",
    ),
}  # fmt: skip
