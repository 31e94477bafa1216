package awsrules

// DeliveryLogDays is how many days a log group of the class DELIVERY keeps what it passes on, see DocLogClasses.
const DeliveryLogDays = 1
